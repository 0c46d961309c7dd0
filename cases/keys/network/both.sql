create table i (k inet primary key, v text); create table c (k cidr primary key, v text); create table m (k macaddr, k8 macaddr8, v text, primary key (k8, k));
