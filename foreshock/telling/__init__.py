"""What the record holds, told: in words for people, as rows for programs, and by region where it is to be passed on."""
