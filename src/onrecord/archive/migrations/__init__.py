"""The steps from one format of archive to the next, in order; each is one Alembic revision in ``versions``."""
