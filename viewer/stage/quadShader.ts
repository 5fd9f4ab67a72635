// The GLSL of the quads: the vertex shader finds a quad's words in a texture and turns it, the fragment shader draws by distance.

export const vertex = `#version 300 es
precision highp usampler2D;
/** Three texels for each quad, 256 quads in a row. */
uniform usampler2D uQuads;

uniform mat3 uProjectionMatrix;
uniform mat3 uWorldTransformMatrix;
uniform mat3 uTransformMatrix;
uniform float uPixel;

out vec2 vLocal;
flat out vec2 vHalf;
flat out vec3 vShape;
flat out vec4 vFill;
flat out vec4 vStroke;

vec4 unpacked(uint colour) {
  return vec4(colour & 255u, (colour >> 8) & 255u, (colour >> 16) & 255u, colour >> 24) / 255.0;
}

void main() {
  int quad = gl_VertexID >> 2;
  ivec2 texel = ivec2((quad & 255) * 3, quad >> 8);
  vec4 area = uintBitsToFloat(texelFetch(uQuads, texel, 0));
  uvec4 shape = texelFetch(uQuads, texel + ivec2(1, 0), 0);
  uvec4 colours = texelFetch(uQuads, texel + ivec2(2, 0), 0);
  vec2 side = vec2(gl_VertexID & 1, (gl_VertexID >> 1) & 1) * 2.0 - 1.0;
  // Half a pixel more on every side, for the soft edge.
  vec2 local = side * (area.zw + 0.5 * uPixel);
  float angle = uintBitsToFloat(shape.x);
  float c = cos(angle);
  float s = sin(angle);
  vec2 place = area.xy + vec2(c * local.x - s * local.y, s * local.x + c * local.y);
  mat3 transform = uProjectionMatrix * uWorldTransformMatrix * uTransformMatrix;
  gl_Position = vec4((transform * vec3(place, 1.0)).xy, 0.0, 1.0);
  vLocal = local;
  vHalf = area.zw;
  vShape = vec3(uintBitsToFloat(shape.yz), float(shape.w));
  vFill = unpacked(colours.x);
  vStroke = unpacked(colours.y);
}
`

export const fragment = `#version 300 es
in vec2 vLocal;
flat in vec2 vHalf;
flat in vec3 vShape;
flat in vec4 vFill;
flat in vec4 vStroke;

uniform float uPixel;
uniform vec4 uWell;
uniform sampler2D uDigits;

out vec4 finalColor;

/** Share of the pixel that lies inside, at this distance outside the edge. */
float inside(float distance) {
  return clamp(0.5 - distance / uPixel, 0.0, 1.0);
}

vec4 premultiplied(vec4 colour, float share) {
  float alpha = colour.a * share;
  return vec4(colour.rgb * alpha, alpha);
}

vec4 box() {
  vec2 beyond = abs(vLocal) - vHalf + vShape.x;
  float distance = length(max(beyond, 0.0)) + min(max(beyond.x, beyond.y), 0.0) - vShape.x;
  float cover = inside(distance);
  if (vShape.y <= 0.0) return premultiplied(vFill, cover);
  vec4 fill = premultiplied(vFill, 1.0);
  vec4 stroke = premultiplied(vStroke, 1.0);
  return mix(stroke, fill, inside(distance + vShape.y)) * cover;
}

/** Most of all pixels are lines': the cheapest of shapes, with ends that are not softened. */
vec4 line() {
  return premultiplied(vFill, clamp(0.5 + (vHalf.y - abs(vLocal.y)) / uPixel, 0.0, vShape.x));
}

vec4 comet() {
  float along = clamp(0.5 + 0.5 * vLocal.x / vHalf.x, 0.0, 1.0);
  float across = min(inside(abs(vLocal.y) - vHalf.y), vShape.x);
  return premultiplied(vFill, along * along * across * inside(abs(vLocal.x) - vHalf.x));
}

vec4 cell() {
  float radius = vHalf.x;
  float away = length(vLocal);
  float cover = inside(away - radius);
  float thickness = max(0.17 * radius, uPixel);
  float inner = inside(away - radius + thickness);
  // The liquid, filled from below.
  float surface = radius * (1.0 - 2.0 * vShape.x);
  vec4 full = premultiplied(vFill, 1.0);
  // An empty cell keeps a breath of its colour.
  vec4 well = mix(premultiplied(uWell, 1.0), full, 0.2);
  vec4 body = mix(well, full, inside(surface - vLocal.y) * step(0.001, vShape.x));
  // The rim's bright part, clockwise from the top.
  float turn = atan(-vLocal.x, vLocal.y) / 6.2831853 + 0.5;
  float bright = vShape.y <= 0.0 ? 0.0 : inside((turn - vShape.y) * 6.2831853 * radius);
  vec4 rim = mix(mix(well, premultiplied(vStroke, 1.0), 0.3), premultiplied(vStroke, 1.0), bright);
  return mix(rim, body, inner) * cover;
}

vec4 glow() {
  float near = max(1.0 - length(vLocal) / vHalf.x, 0.0);
  return premultiplied(vFill, near * near);
}

vec4 digit() {
  vec2 place = clamp(0.5 + 0.5 * vLocal / vHalf, 0.0, 1.0);
  return premultiplied(vFill, texture(uDigits, vec2((vShape.x + place.x) / 10.0, place.y)).a);
}

void main() {
  if (vShape.z > 4.5) finalColor = line();
  else if (vShape.z < 0.5) finalColor = box();
  else if (vShape.z < 1.5) finalColor = comet();
  else if (vShape.z < 2.5) finalColor = cell();
  else if (vShape.z < 3.5) finalColor = glow();
  else finalColor = digit();
}
`
