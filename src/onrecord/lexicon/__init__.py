"""Knowledge of English news, as data: outlets under their several names."""
