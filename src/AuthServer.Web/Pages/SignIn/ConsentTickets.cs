using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;

namespace AuthServer.Web.Pages.SignIn;

/// <summary>
/// Binds a consent page to the session and the request that it was shown for: an answer counts for nothing else.
/// </summary>
public sealed class ConsentTickets(IDataProtectionProvider protection)
{
    private readonly IDataProtector protector = protection.CreateProtector("consent-page");

    public string Issue(string sid, string handle) =>
        WebEncoders.Base64UrlEncode(protector.Protect(About(sid, handle)));

    public bool IsFor(string ticket, string sid, string handle)
    {
        try
        {
            return CryptographicOperations.FixedTimeEquals(
                protector.Unprotect(WebEncoders.Base64UrlDecode(ticket)), About(sid, handle));
        }
        catch (Exception forged) when (forged is CryptographicException or FormatException)
        {
            return false;
        }
    }

    private static byte[] About(string sid, string handle) =>
        SHA256.HashData(Encoding.UTF8.GetBytes($"{sid}|{handle}"));
}
