"""The receipt on paper: values in, a PDF/A file out. It needs Qt, but no screen."""
