insert into t values
  (1, '<?xml version="1.0" encoding="UTF-8"?><a/>'),
  (2, '<?xml version="1.0" encoding="ISO-8859-1" standalone="yes"?><a>ä</a>'),
  (3, '<?xml version="1.0" standalone="no"?><a/>'),
  (4, '<?xml version="1.1"?><a>é</a>'),
  (5, '<?xml version="1.1" encoding="utf-8" standalone="yes"?>  <a/>  '),
  (6, '<!DOCTYPE a [<!ELEMENT a ANY><!ENTITY e "x">]><a>&e;</a>'),
  (7, '<?xml version="1.0"?><!DOCTYPE a SYSTEM "nowhere.dtd"><a/>'),
  (8, '<!-- c --><!DOCTYPE a><?p i?><a/>'),
  (9, '<?p i?>text'),
  (10, ' <?xml-stylesheet href="a"?><a/>');
insert into without_key select v from t;
