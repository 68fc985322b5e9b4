"""How models, gazetteer, registry and basemap are made; see CONTRIBUTING.md."""

from train.complaints import take_in_hand

take_in_hand()
