"""What can be uploaded: fields, made from the documents in `schemas/`."""
