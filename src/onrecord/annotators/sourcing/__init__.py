"""The chains through which a document says it got something: outlets, clauses, credits."""
