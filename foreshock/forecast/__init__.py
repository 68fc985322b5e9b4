"""Forecasts of counts a country and month: history in, draws of a full predictive distribution out."""
