"""The timeline and chains as pictures: geometry only, in CSS pixels; templates make SVG of it.

`scale` turns days into places, `marks` places the events, `lanes` asks the record and lays out the
timeline, `windows` says where it leads, `layers` lays out a chain.
"""
