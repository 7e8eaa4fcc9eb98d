"""The few questions that stop everything else."""
