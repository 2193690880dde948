namespace AuthServer.Core.Authorizations;

/// <summary>Limits of authorization codes, RFC 6749 §4.1.2.</summary>
public static class AuthorizationCodes
{
    /// <summary>ASVS 10.4.3.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(60);

    /// <summary>After so many wrong attempts of its own client a code is invalid (CVE-2026-41213).</summary>
    public const int MaxFailures = 5;
}
