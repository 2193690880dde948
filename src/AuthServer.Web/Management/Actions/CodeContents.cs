using AuthServer.Core.Model;

namespace AuthServer.Web.Management.Actions;

/// <summary>Copies and compares what drafts and their versions have in common.</summary>
internal static class CodeContents
{
    public static void CopyTo(this ICodeContent from, ICodeContent to) =>
        (to.Code, to.Dependencies, to.SecretNames, to.SecretsSealed) =
        (from.Code, from.Dependencies, from.SecretNames, from.SecretsSealed);

    public static void CopyTo(this IActionContent from, IActionContent to)
    {
        CopyTo((ICodeContent)from, to);
        (to.Runtime, to.Modules) = (from.Runtime, from.Modules);
    }

    public static bool IsSameAs(this ICodeContent left, ICodeContent right) =>
        (left.Code, left.Dependencies, left.SecretNames) == (right.Code, right.Dependencies, right.SecretNames);

    public static bool IsSameAs(this IActionContent left, IActionContent right) =>
        IsSameAs((ICodeContent)left, right)
        && left.Runtime == right.Runtime
        && left.Modules.SequenceEqual(right.Modules);
}
