create extension citext;
create table parent (id citext primary key, updated_at timestamptz default '2025-01-01');
create table child (id int primary key, parent citext, updated_at timestamptz default '2025-01-01');
