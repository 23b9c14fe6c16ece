@_exported public import DevinModel
@_exported public import MirrorReading

public import DevinAPI

// A program that mirrors imports DevinSync alone; these are the types of DevinAPI that its interface speaks of.
public typealias Credential = DevinAPI.Credential
public typealias APIAddress = DevinAPI.APIAddress
public typealias APIError = DevinAPI.APIError
public typealias Route = DevinAPI.Route
public typealias Authorities = DevinAPI.Authorities
public typealias Proxy = DevinAPI.Proxy
