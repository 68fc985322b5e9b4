"""What became of a prediction: the reports that may tell it, how each is weighed, and what is proposed."""
