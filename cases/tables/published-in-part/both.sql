create table rows_by_value (id int primary key, a text, updated_at timestamptz default now());
create table columns_less_key (id int primary key, a text, updated_at timestamptz default now());
create table rows_by_key (id int primary key, a text, updated_at timestamptz default now());
