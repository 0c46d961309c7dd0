create table folded (id int primary key, v text, w text generated always as (lower(v)) stored);
create table sorted (id int primary key, v text, w bool generated always as (v < 'b') stored);
