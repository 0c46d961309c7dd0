create schema "pgx"; create schema "pg-data"; create schema "PG_x"; create schema "s%"; create schema s_; create schema st;
create table pgx.t (id int primary key); create table "pg-data".t (id int primary key); create table "PG_x".t (id int primary key);
create table "s%"."t_" (id int primary key); create table s_."t%" (id int primary key, "%_\" text); create table st.tt (id int primary key);
