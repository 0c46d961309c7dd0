create table word (id int primary key, v text, c char(3), a text[]);
create table stamped (id int primary key, v text, updated_at timestamptz not null default '2024-01-01');
create table keyed (k text primary key, n int);
create table keyed_stamped (k varchar(10), l char(4), n int, updated_at timestamptz not null default '2024-01-01', primary key (k, l));
create table nokey (v text);
create table "größe" (id int primary key, "maß" text);
