"""The ledger: predictions found in the record, what became of them, and how well each forecaster did."""
