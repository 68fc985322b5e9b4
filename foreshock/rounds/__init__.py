"""What a run does once the record is full: boards are evaluated and kept, and what the program foretold is entered."""
