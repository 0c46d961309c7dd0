create schema tenant_1; create schema tenant_2; create schema "tenant-x"; create schema other;
create table tenant_1.t (id int primary key); create table tenant_2.t (id int primary key); create table "tenant-x".t (id int primary key); create table other.t (id int primary key);
