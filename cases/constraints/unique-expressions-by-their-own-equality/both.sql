create extension citext;
create collation nocase (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
create table cast_to_made (id int primary key, s text, t text, updated_at timestamptz default '2025-01-01');
create table cast_to_made_array (id int primary key, s text, updated_at timestamptz default '2025-01-01');
create table collated (id int primary key, s text, updated_at timestamptz default '2025-01-01');
create table collated_part (id int primary key, s text, active boolean default true, updated_at timestamptz default '2025-01-01');
