 create sequence "my ""seq"";--";
create table t (id int primary key default nextval('"my ""seq"";--"'), "Col" serial);
alter sequence "my ""seq"";--" owned by t.id;
