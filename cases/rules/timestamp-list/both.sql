create table a (id int primary key, v text, modified timestamptz, updated_at timestamptz); create table b (id int primary key, v text, updated_at timestamptz);
