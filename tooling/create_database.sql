-- Part of One-Stop. See LICENSE file for full copyright and licensing details.
-- Run by psql as a superuser, with the variables `database` and `role`: a database that
-- the application's role owns, with what Odoo and the rooms need in it before their
-- tables. `./onestop` and the container of PostgreSQL both use it.

-- Odoo's own choice: collation C gives the more useful indexes.
CREATE DATABASE :"database" OWNER :"role" TEMPLATE template0
    ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C.UTF-8';
\connect :"database"
CREATE EXTENSION btree_gist;
CREATE EXTENSION pg_trgm;
CREATE EXTENSION unaccent;
-- As Odoo does it, so that indexes on unaccented names are possible.
ALTER FUNCTION unaccent(text) IMMUTABLE;
