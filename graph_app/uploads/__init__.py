"""Files that a browser sends: taken in piece by piece, kept by their content, and refused where they could do harm.

* ``naming``    a name as it may stand in a folder of ours
* ``limits``    how much is taken
* ``shelf``     the private folder in which files are kept by their SHA-256
* ``scanning``  a virus scanner of the office's own looks at each content first
* ``archives``  ZIP files and workbooks, which are ZIP files too: looked through before anything is unpacked
* ``wording``   the words of a document, where they can be read for certain
* ``receiving`` all files of one form, as one folder that the loader reads
"""
