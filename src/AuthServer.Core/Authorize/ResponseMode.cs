namespace AuthServer.Core.Authorize;

/// <summary>How the answer travels to the client: OAuth 2.0 Multiple Response Type Encoding Practices, and Form Post Response Mode.</summary>
public enum ResponseMode
{
    Query,
    Fragment,
    FormPost,
}
