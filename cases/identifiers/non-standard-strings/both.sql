alter database ${database} set standard_conforming_strings = off;
alter database ${database} set escape_string_warning = off;
alter database ${database} set quote_all_identifiers = on;
alter database ${database} set backslash_quote = off;
create table "back\slash" ("k\" text primary key, "v\'" text, updated_at timestamptz default '2024-01-01');
