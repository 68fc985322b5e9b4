"""Watch: what is read, counted by place and period, held against its past, and told when it stands out."""
