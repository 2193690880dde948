using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;

namespace AuthServer.Core;

/// <summary>
/// A value that must not be printed. Only <see cref="Reveal"/> opens it, and a test lists the files that call it.
/// </summary>
[DebuggerDisplay("•••")]
public sealed class Secret(string value)
{
    public string Reveal() => value;

    public TokenHash Hash() => new(SHA256.HashData(Encoding.UTF8.GetBytes(value)));

    public override string ToString() => "•••";
}
