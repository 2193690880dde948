namespace AuthServer.Core.Model;

/// <summary>What is behind the card of a page: a colour, or a linear gradient between two.</summary>
/// <param name="Start"><c>#rrggbb</c>.</param>
/// <param name="End"><c>#rrggbb</c>; null for a single colour.</param>
/// <param name="Degrees">The direction of the gradient, as CSS has it.</param>
public sealed record PageBackground(string Start, string? End = null, int Degrees = 0);
