create table respelled (k text primary key, v text);
create table both_stay (k text primary key, v text);
create table without_a_key (k text not null, v text);
create table both_stay_without_a_key (k text not null, v text);
create table swapped (id int primary key, v text);
create table nulls (id int primary key, v text);
