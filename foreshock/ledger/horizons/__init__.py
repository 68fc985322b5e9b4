"""By when: the day by which what is foretold counts, as a text states it or as a convention has it."""
