namespace AuthServer.Core.Federation;

/// <summary>Reason why a login at a provider failed, as the user sees it.</summary>
public enum ProviderFailure
{
    /// <summary>The provider can't be reached, or its response is invalid.</summary>
    Down,

    /// <summary>It refused, or the user did.</summary>
    Refused,

    /// <summary>Its answer does not pass the checks.</summary>
    Untrusted,
}

/// <summary>Failure, with a reason for the log only.</summary>
public sealed record ProviderProblem(ProviderFailure Failure, string Detail);

/// <summary>The checks of an authorization response that need nothing but itself.</summary>
public static class UpstreamAnswer
{
    /// <summary>
    /// RFC 9207 §2.4: an answer that names its issuer must name the one that was asked, and one whose provider always
    /// does so must. Else a code of one provider would be carried to the other (RFC 9700 §4.4).
    /// </summary>
    public static ProviderProblem? Problem(RequestParameters answer, ProviderMetadata metadata)
    {
        var named = answer["iss"];
        if (named is null ? metadata.SaysWhoAnswers : metadata.Issuer is { } issuer && !IsOf(named, issuer))
            return new ProviderProblem(ProviderFailure.Untrusted, $"the answer is from {named ?? "an unnamed issuer"}");
        if (answer["error"] is { } error)
            return new ProviderProblem(ProviderFailure.Refused, $"the provider answered {error}");
        return answer["code"] is { Length: > 0 and <= MaxCodeLength }
            ? null
            : new ProviderProblem(ProviderFailure.Untrusted, "no code");
    }

    private const int MaxCodeLength = 4096;

    private static bool IsOf(string named, string issuer)
    {
        var place = issuer.IndexOf("{tenantid}", StringComparison.Ordinal);
        return place < 0
            ? named == issuer
            : named.StartsWith(issuer[..place], StringComparison.Ordinal)
                && named.EndsWith(issuer[(place + "{tenantid}".Length)..], StringComparison.Ordinal);
    }
}
