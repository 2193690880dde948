namespace AuthServer.Protocol.Responses;

/// <summary>OpenIddict's identifier of an error, the end of its <c>error_uri</c>.</summary>
internal static class ErrorIds
{
    private const string Documentation = "https://documentation.openiddict.com/errors/";

    /// <returns>Null for an error that is not OpenIddict's.</returns>
    public static string? Of(string? errorUri) =>
        errorUri?.StartsWith(Documentation, StringComparison.Ordinal) == true ? errorUri[Documentation.Length..] : null;
}
