create table t (id int primary key, l line, s lseg, b box, p path, y polygon, c circle, pts point[], boxes box[]);
create table nokey (b box, c circle);
