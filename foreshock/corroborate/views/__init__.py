"""Events as they are shown: what their statements say together, where they do not agree, lists of them."""
