create table point3 (x int, y int, z int); create table t (id int primary key, p point3, a point3[]);
