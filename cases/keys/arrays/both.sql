create table t (k int[] primary key, v text); create table s (k text[] primary key, v text); create table n (k numeric[] primary key, v text); create table f (k float8[] primary key, v text);
