BEGIN TRANSACTION;
CREATE TABLE untoc_changes (
	number INTEGER NOT NULL, 
	revision INTEGER NOT NULL, 
	at VARCHAR, 
	"by" VARCHAR, 
	action VARCHAR NOT NULL, 
	collection VARCHAR NOT NULL, 
	id VARCHAR NOT NULL, 
	fields TEXT NOT NULL, 
	"values" TEXT NOT NULL, 
	digest_before VARCHAR(64), 
	digest_after VARCHAR(64), 
	PRIMARY KEY (number)
);
INSERT INTO "untoc_changes" VALUES(1,2,'2026-11-24T10:00Z','xa-house','replaced','organizations','xa-house','["founded"]','{"founded":[null,"1998"]}','af7ef173bb9ea4d0c96d832a545a27a596cdd6d2d940934814784fbbf1314746','37cd123128606bbe6780739ada8512a615078e17dd1c7b3dad3b50179b9c51b9');
CREATE TABLE untoc_records (
	id VARCHAR NOT NULL, 
	collection VARCHAR NOT NULL, 
	body TEXT NOT NULL, 
	digest VARCHAR(64) NOT NULL, 
	revision INTEGER NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "untoc_records" VALUES('member-7','persons','{"id":"member-7","name":"Ana Ejemplo"}','117258e75fdb95f0b1e83384db00672300dc8ba83408608b42c9ce3bee0555a5',1);
INSERT INTO "untoc_records" VALUES('americas','networks','{"id":"americas","kind":"regional","name":{"en":"Network"}}','57c7998cb7a851f8c737650f71322fcfbb1fc033cb26a1cad4dd4a5d9104dbd2',1);
INSERT INTO "untoc_records" VALUES('m1','memberships','{"id":"m1","network_id":"americas","organization_id":"xa-house"}','55f1a3a375f6b5f1c67722495346d3879b32a792b5c103bd52eaf15bf6ea022d',1);
INSERT INTO "untoc_records" VALUES('xa-house','organizations','{"founded":"1998","id":"xa-house","kind":"ngo","name":{"en":"House of XA"},"seat":{"country":"XA"}}','37cd123128606bbe6780739ada8512a615078e17dd1c7b3dad3b50179b9c51b9',2);
CREATE TABLE untoc_register_items (
	part VARCHAR NOT NULL, 
	position INTEGER NOT NULL, 
	body TEXT NOT NULL, 
	PRIMARY KEY (part, position)
);
INSERT INTO "untoc_register_items" VALUES('redirects',1,'{"new_id":"xa-house","old_id":"old-house"}');
INSERT INTO "untoc_register_items" VALUES('register',1,'{"title":{"en":"A register of version 1"}}');
CREATE TABLE untoc_store (
	id INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	schema_version INTEGER NOT NULL, 
	revision INTEGER NOT NULL, 
	erased_at_revision INTEGER NOT NULL, 
	bytes_due INTEGER NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "untoc_store" VALUES(1,1,1,2,0,0);
CREATE INDEX untoc_records_collection ON untoc_records (collection);
CREATE INDEX untoc_changes_revision ON untoc_changes (revision);
CREATE INDEX untoc_changes_id ON untoc_changes (id);
COMMIT;
