"""The web app over the record: documents, statements, the map and the predictions found."""
