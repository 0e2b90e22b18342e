r"""What a formula is at first sight: derivatives that are named, a definition, or anything else."""
