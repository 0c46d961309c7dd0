create table t (id int primary key, i int[], t text[], f float8[], b bytea[], d timestamptz[][], n numeric(10,2)[], c char(3)[], j json[], bo boolean[]);
create table keyed (k text[] primary key, v int);
create table by_ints (k int[] primary key, v int);
