"""The one app with models: rows and named queries; decides nothing."""
