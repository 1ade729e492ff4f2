"""The timeline as a picture: geometry only, in CSS pixels; templates/drawing/ makes SVG of it.

`scale` turns days into places, `marks` places the events, `lanes` asks the record and lays everything
out, `windows` says where the drawing leads.
"""
