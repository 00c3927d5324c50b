#!/bin/bash
# Part of One-Stop. See LICENSE file for full copyright and licensing details.
# Run once by PostgreSQL's container: the application's role, which is no superuser,
# and its database.
set -euo pipefail
password=$(<"${DATABASE_PASSWORD_FILE:-/run/secrets/database_password}")
psql -X -q -v ON_ERROR_STOP=1 -U "${POSTGRES_USER:-postgres}" -d postgres \
    -v password="$password" <<'SQL'
CREATE ROLE onestop LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD :'password';
SQL
psql -X -q -v ON_ERROR_STOP=1 -U "${POSTGRES_USER:-postgres}" -d postgres \
    -v database="${ONESTOP_DATABASE:-onestop}" -v role=onestop \
    -f "${CREATE_DATABASE:-/onestop/create_database.sql}"
