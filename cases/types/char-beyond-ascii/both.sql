create domain letter as "char"; create type letters as (a "char");
create table t (id int primary key, v "char", w letter, a "char"[], c letters);
create table keyed (k "char" primary key, n int);
