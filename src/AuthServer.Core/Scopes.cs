using System.Collections;
using System.Collections.Frozen;

namespace AuthServer.Core;

/// <summary>An ordered set of scope tokens, RFC 6749 §3.3.</summary>
public sealed class Scopes : IReadOnlyList<string>, IEquatable<Scopes>
{
    private const int MaxTextLength = 4096;
    private readonly string[] values;

    private Scopes(string[] values) => this.values = values;

    public static Scopes None { get; } = new([]);

    /// <summary>The scopes that this server itself understands: OpenID Connect Core §5.4 and §11.</summary>
    public static FrozenSet<string> Standard { get; } =
        FrozenSet.Create(StringComparer.Ordinal, "openid", "profile", "email", "address", "phone", "offline_access");

    public int Count => values.Length;

    public string this[int index] => values[index];

    public static Scopes Of(IEnumerable<string> values) => new([.. values.Distinct(StringComparer.Ordinal)]);

    /// <summary>Reads a stored value, which was checked when it came in.</summary>
    public static Scopes Stored(string text) =>
        text.Length == 0 ? None : new Scopes(text.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Reads a <c>scope</c> parameter. Null and empty are no scope at all.</summary>
    public static Result<Scopes> Parse(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return None;
        if (text.Length > MaxTextLength)
            return OAuthError.InvalidScope($"The scope is longer than {MaxTextLength} characters.");
        if (text.Any(character => character is < ' ' or '"' or '\\' or > '~'))
            return OAuthError.InvalidScope("The scope has a character that RFC 6749 does not allow.");
        return Of(text.Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    public bool Contains(string scope) => values.AsSpan().Contains(scope);

    public bool IsSubsetOf(Scopes other) => values.All(other.Contains);

    public Scopes Where(Func<string, bool> keep) => new([.. values.Where(keep)]);

    public Scopes Union(Scopes other) => Of(values.Concat(other.values));

    public bool Equals(Scopes? other) => other is not null && values.AsSpan().SequenceEqual(other.values);

    public override bool Equals(object? obj) => Equals(obj as Scopes);

    public override int GetHashCode() => string.GetHashCode(ToString(), StringComparison.Ordinal);

    public IEnumerator<string> GetEnumerator() => ((IEnumerable<string>)values).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => values.GetEnumerator();

    /// <summary>Space separated, as it goes over the wire and into the store.</summary>
    public override string ToString() => string.Join(' ', values);
}
