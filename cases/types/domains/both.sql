create domain positive as int check (value > 0);
create domain more as positive not null default 7;
create domain names as text[] check (cardinality(value) < 4);
create table item (id more primary key, n positive, list names, updated_at timestamptz not null default now());
