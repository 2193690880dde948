namespace AuthServer.Core.Authorize;

/// <summary>What the authorization endpoint answers with: RFC 6749 §3.1.1, OAuth 2.0 Multiple Response Type Encoding Practices §3 and §5.</summary>
public sealed record ResponseType(bool Code, bool Token, bool IdToken)
{
    /// <summary>Nothing that must be kept out of URLs that go over the wire: only then may the answer be a query.</summary>
    public bool IsCodeAlone => !Token && !IdToken;

    /// <summary>The words in any order, each once.</summary>
    /// <returns>Null when one is unknown or said twice, or there is none.</returns>
    public static ResponseType? Parse(string? text)
    {
        var words = text?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];
        if (words.Length == 0 || words.Distinct(StringComparer.Ordinal).Count() != words.Length || !Array.TrueForAll(words, word => word is "code" or "token" or "id_token"))
            return null;
        return new ResponseType(words.Contains("code", StringComparer.Ordinal), words.Contains("token", StringComparer.Ordinal), words.Contains("id_token", StringComparer.Ordinal));
    }
}
