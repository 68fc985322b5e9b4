"""Whose a prediction is: the body, office or author that it stands under, told by the words of its text."""
