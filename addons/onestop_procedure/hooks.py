# Part of One-Stop. See LICENSE file for full copyright and licensing details.


def create_extensions(env):
    """Create the PostgreSQL extensions that the tables of the suite need.

    They have to be there before the first table: exclusion constraints use
    btree_gist, searches as people type use pg_trgm and unaccent. All three are
    trusted extensions, which the owner of the database may create.
    """
    for name in ("btree_gist", "pg_trgm", "unaccent"):
        env.cr.execute(f"CREATE EXTENSION IF NOT EXISTS {name}")
